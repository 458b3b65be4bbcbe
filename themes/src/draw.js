// Draws samples that anybody can draw again; generator/sampling says the rule.
// crypto.subtle is not there on every page that is opened from disk.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** Returns [index, digest] of n items by their keys, in the order of the digests. */
export function draw(seed, keys, n) {
  return keys
    .map((key, index) => [index, bytesToHex(sha256(utf8ToBytes(`${seed}\n${key}`)))])
    .sort(([a, x], [b, y]) => (x === y ? a - b : x < y ? -1 : 1))
    .slice(0, Math.max(n, 0));
}
