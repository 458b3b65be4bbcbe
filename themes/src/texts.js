// The texts of the scripts, in the language of the site.
const texts = JSON.parse(document.body.dataset.texts ?? "{}");

/** Returns a label that says what an input is for, around the input. */
export function labelled(name, input) {
  const label = document.createElement("label");
  label.append(say(name) + " ", input);
  return label;
}

/** Returns a text with its %d filled in. */
export function say(name, ...numbers) {
  return (texts[name] ?? name).replace(/%d/g, () => numbers.shift());
}
