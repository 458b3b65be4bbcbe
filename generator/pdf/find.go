package pdf

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// Variable is the name of the environment variable that says which browser to
// print with.
const Variable = "ANNEX_BROWSER"

// MissingError says that there is no browser to print with.
type MissingError struct {
	Named string // what was asked for and is not there; empty when none was found
}

func (e *MissingError) Error() string {
	if e.Named != "" {
		return fmt.Sprintf("PDF files are printed by a browser, and there is no program %s: name the program of Chromium, Chrome, Edge or Brave in %s, or unset it to have one looked for; everything but PDF works without", e.Named, Variable)
	}
	return fmt.Sprintf("PDF files are printed by a browser, and none was found: install Chromium, Chrome, Edge or Brave, or name its program in the environment variable %s; everything but PDF works without", Variable)
}

// machine is what a search for a browser asks.
type machine struct {
	system string                            // as GOOS has it
	env    func(name string) string          // os.Getenv
	look   func(name string) (string, error) // exec.LookPath
}

func thisMachine() machine { return machine{runtime.GOOS, os.Getenv, exec.LookPath} }

// Find returns nil if there is a browser to print with, and a [*MissingError]
// otherwise.
func Find() error {
	_, err := find("", thisMachine())
	return err
}

// find returns the path of the browser: the one that was named, else the one of
// the environment, else the first on the PATH, else the first in a usual place.
func find(named string, m machine) (string, error) {
	if named == "" {
		named = m.env(Variable)
	}
	if named != "" {
		path, err := m.look(named)
		if err != nil {
			return "", &MissingError{Named: named}
		}
		return path, nil
	}
	for _, name := range append(onPath(m.system), usual(m)...) {
		if path, err := m.look(name); err == nil {
			return path, nil
		}
	}
	return "", &MissingError{}
}

// onPath lists the names of browsers as programs. What is made for machines comes
// first, then what most people have.
func onPath(system string) []string {
	if system == "windows" {
		return []string{"chrome", "msedge", "brave"}
	}
	return []string{
		"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
		"microsoft-edge", "microsoft-edge-stable", "brave-browser", "brave",
	}
}

// usual lists where installers put browsers without putting them on the PATH.
func usual(m machine) (list []string) {
	switch m.system {
	case "windows":
		for _, folder := range []string{"ProgramFiles", "ProgramFiles(x86)", "LocalAppData"} {
			root := m.env(folder)
			if root == "" {
				continue
			}
			for _, program := range []string{
				`Google\Chrome\Application\chrome.exe`, `Chromium\Application\chrome.exe`,
				`Microsoft\Edge\Application\msedge.exe`, `BraveSoftware\Brave-Browser\Application\brave.exe`,
			} {
				list = append(list, root+`\`+program)
			}
		}
	case "darwin":
		for _, root := range []string{"/Applications", filepath.Join(m.env("HOME"), "Applications")} {
			for _, name := range []string{"Chromium", "Google Chrome", "Microsoft Edge", "Brave Browser"} {
				list = append(list, root+"/"+name+".app/Contents/MacOS/"+name)
			}
		}
	default:
		list = []string{"/snap/bin/chromium", "/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge", "/opt/brave.com/brave/brave"}
	}
	return list
}
