// Command annex compiles an AI management system into a static site.
package main

import (
	"os"

	"annex/generator/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr))
}
