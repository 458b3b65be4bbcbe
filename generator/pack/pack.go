// Package pack writes the zip that an audience gets, and verifies one byte for
// byte.
//
//	files := []pack.File{
//		{Path: "README.txt", Class: pack.Guide, Classification: "public", Write: readme},
//		{Path: "evidence/logs/2026.pdf", Class: pack.Evidence, Classification: "confidential", Copy: open, Size: 812_345},
//	}
//	err := pack.Check(files, o)                     // a dry run: all wrong paths at once
//	manifest, err := pack.Write(ctx, w, files, o)   // o: audience, as-of date, signers
//	report, err := pack.Verify(ctx, r, size, pack.Limits{})
//	fmt.Println(report.Sentence())                  // The pack is whole: its 4 files (1.2 MB) are ...
//
// What goes in are files with their classification, in the order in which they
// shall stand; which ones an audience may see, and what they say, is for others.
// What comes out is a stream. The package opens nothing and knows no management
// system.
//
// # The zip
//
// The same files make the same bytes. Every file has the as-of day at midnight as
// its time, is a regular file of mode 0644 with a name in UTF-8, and has neither a
// comment nor an extra field, but for that which sizes over 4 GB need. There are
// no entries for folders. Files up to 4 MB have their sizes in front of their data,
// and are deflated if their first 64 KB shrink by a sixteenth, otherwise stored.
// Larger ones are streamed: their sizes stand behind the data, and they are always
// in the form of deflate, if need be with stored blocks. That costs 5 bytes in
// 65,535 and can be read from a pipe, which method 0 without sizes cannot.
//
// All of that follows from a few values for each file, so that Verify can make the
// records anew and compare every byte of them. Package archive/zip is used for
// neither way. As a writer it gives streamed files over 4 GB no field for 64 bits
// in front, and then bsdtar and Java cannot read them from a pipe; as a reader it
// forgives too much. Both ways share one file of 200 lines, layout.go, and tests
// read packs with six programs of other people.
//
// Text is packed by github.com/klauspost/compress (BSD licence): three times as
// fast as the standard library for the same size, and its bytes change with go.mod
// and not with the compiler. It is unpacked by the standard library, so that a
// fault of the one is not hidden by the other.
//
// # The files that guard the others
//
// They come last, in this order:
//
//	manifest.json            what the pack is, and what each file is
//	MANIFEST.sha256          for sha256sum -c: every file before it
//	MANIFEST.sha256.minisig  a signature of MANIFEST.sha256, made by minisign
//	MANIFEST.sha256.sig      one made by ssh-keygen -Y sign
//
// manifest.json begins with "format": "annex-pack" and "version": 1. Then come the
// fields of [Head], the counts of files by class, and under "files", one a line,
// the fields of [Record]: also the SHA-256 of the packed bytes, so that not even a
// padding bit of deflate can change unseen. Under "signatures" stand the files of
// the signatures that the pack is signed with, so that one that is gone is told;
// one that is added later, by somebody who vouches too, changes nothing. Verify takes it only in exactly the
// bytes that annex writes: no key twice, no other space.
//
// # The digest of a pack
//
// It is the SHA-256 of MANIFEST.sha256, which the next pack names as the one
// before it. MANIFEST.sha256 covers manifest.json, and that every byte of every
// file; and unlike the sum of the whole zip it is the same for the unpacked folder
// and does not change when somebody signs later. Everybody has it from
// "sha256sum MANIFEST.sha256".
//
// # Verifying
//
// Verify accounts for every byte: headers and data without gaps from the first
// byte on, the directory behind them, the end behind that. If a bit is wrong, the
// finding names the file whose bit it is, or the end of the archive. The report
// says whether a pack is as it was written and not who wrote it: for that, verify
// the signatures that it hands out.
package pack
