// Command annex compiles an AI management system into a static site.
//
// Names in a zip that lead out of it are refused before anything is read.
//
//go:debug zipinsecurepath=0
package main

import (
	"os"

	"annex/generator/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr))
}
