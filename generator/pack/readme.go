package pack

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Key is a key that a pack is signed with, as README.txt tells of it.
type Key struct {
	Minisign bool   // else SSH
	Name     string // its number or fingerprint, for people to compare
}

// Readme returns the text of README.txt: what the pack is, how to open it, and
// how to verify it with the tools that every system has. It names the folders that
// the files of the pack are in. It ends lines as Windows
// does, whose plainest editor wants it so for long.
func Readme(h Head, keys []Key, files []File) string {
	var b strings.Builder
	say := func(format string, args ...any) { b.WriteString(oneLine(fmt.Sprintf(format, args...)) + "\n") }
	say("%s", h.Organization)
	say("Audit pack for %s, as of %s", h.Audience.Title, h.AsOf)
	say("")
	say("It holds nothing above the classification %q. What is above it shows as withheld.", h.Audience.Ceiling)
	say("")
	say("HOW TO OPEN IT")
	say("")
	say("Unpack the zip into a folder and open index.html in a browser. No network and no")
	say("program but the browser is needed.")
	say("")
	for _, line := range folders(files) {
		say("%s", line)
	}
	say("  manifest.json what the pack is, and each file with its size and digest")
	say("")
	say("HOW TO VERIFY IT WITHOUT ANNEX")
	say("")
	say("Run these commands in the folder that holds this file.")
	say("")
	say("1. No file was changed and none is missing. Every line has to end with OK.")
	say("")
	say("  Linux:    sha256sum -c MANIFEST.sha256")
	say("  macOS:    shasum -a 256 -c MANIFEST.sha256")
	say("  Windows, in PowerShell (it names each file that was changed or is missing):")
	say("    Get-Content MANIFEST.sha256 -Encoding UTF8 | ForEach-Object { $sum, $file = $_ -split '  ', 2; if ((Get-FileHash -LiteralPath $file).Hash -ne $sum) { \"FAILED $file\" } }")
	say("")
	say("2. No file was added. The command prints nothing, or names what was added.")
	say("")
	say("  Linux and macOS:")
	say("    find . -type f ! -path ./MANIFEST.sha256 ! -path ./MANIFEST.sha256.minisig ! -path ./MANIFEST.sha256.sig | cut -c3- | LC_ALL=C sort > ../found")
	say("    cut -c67- MANIFEST.sha256 | LC_ALL=C sort | LC_ALL=C comm -13 - ../found")
	say("")
	say("3. The list of digests is the one that was sent. Compare what this prints with the")
	say("   digest that you got by another way, such as a call or a letter.")
	say("")
	say("  Linux:    sha256sum MANIFEST.sha256")
	say("  macOS:    shasum -a 256 MANIFEST.sha256")
	say("  Windows:  certutil -hashfile MANIFEST.sha256 SHA256")
	say("")
	if len(keys) == 0 {
		say("This pack is not signed.")
	} else {
		say("4. Who sent it. The key has to come by another way than this pack: whoever can")
		say("   change the pack can change what stands here.")
	}
	for _, k := range keys {
		say("")
		if k.Minisign {
			say("  Signed with minisign, key %s. Put the public key into ../minisign.pub, then:", k.Name)
			say("    minisign -V -p ../minisign.pub -m MANIFEST.sha256")
			continue
		}
		say("  Signed with SSH, key %s. Put the signer's name and", k.Name)
		say("  public key into ../allowed_signers, as in: auditee ssh-ed25519 AAAA... Then:")
		say("    ssh-keygen -Y verify -f ../allowed_signers -I auditee -n annex-pack -s MANIFEST.sha256.sig < MANIFEST.sha256")
	}
	say("")
	say("WITH ANNEX, FROM THE ZIP")
	say("")
	say("  annex verify PACK.zip --key KEY      says which file was added, removed or changed")
	say("  annex diff BEFORE.zip AFTER.zip      says what changed between two packs")
	if h.Before != "" {
		say("")
		say("The pack before this one has the digest")
		say("  %s", h.Before)
	}
	say("")
	say("Made by %s %s.", h.Tool, h.ToolVersion)
	return strings.ReplaceAll(b.String(), "\n", "\r\n")
}

// folders says what is in the folders that there are.
func folders(files []File) []string {
	var list []string
	has := func(is func(File) bool, line string) bool {
		there := slices.ContainsFunc(files, is)
		if there {
			list = append(list, line)
		}
		return there
	}
	of := func(c Class) func(File) bool { return func(f File) bool { return f.Class == c } }
	has(func(f File) bool { return f.Path == "index.html" }, "  index.html    the start page, in the working order of an audit")
	has(of(Site), "  site/         all pages")
	has(of(Export), "  exports/      the same as files for Excel, Word and other programs")
	// A list of the evidence of a control is none of its files.
	if !has(func(f File) bool { return f.Class == Evidence && len(f.Evidence) > 0 }, "  evidence/     the evidence, in a folder for each control; CONTENTS.txt lists it") {
		has(of(Evidence), "  evidence/     lists of the evidence, one for each control; its files are not in this pack")
	}
	has(of(Records), "  records/      the records as text; annex diff compares them with another pack")
	return list
}

// oneLine keeps what people wrote from making lines of its own.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
}
