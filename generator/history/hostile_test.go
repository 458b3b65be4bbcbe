package history

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// trap makes a program that leaves a mark when it is run, and returns how to
// call it and where the mark will be.
func trap(t *testing.T) (program, mark string) {
	t.Helper()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	mark = filepath.Join(dir, "mark")
	program = filepath.Join(dir, "program")
	script := fmt.Sprintf("#!/bin/sh\necho \"$0 $@\" >>%q\nexit 1\n", mark)
	if err := os.WriteFile(program, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return program, mark
}

// sprung reports whether the trap was run since the last time.
func sprung(mark string) bool {
	_, err := os.Stat(mark)
	_ = os.Remove(mark)
	return err == nil
}

// everything uses all of a history.
func everything(t *testing.T, w *workTree) (failures []error) {
	t.Helper()
	ctx := context.Background()
	r, err := Open(ctx, w.dir)
	if err != nil {
		return []error{err}
	}
	defer r.Close()
	list, err := r.Commits(ctx)
	failures = append(failures, err)
	for _, c := range list {
		_, err := r.Resolve(ctx, c.ID)
		failures = append(failures, err)
		fsys, err := r.FS(ctx, c)
		failures = append(failures, err)
		if err != nil {
			continue
		}
		failures = append(failures, fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				_, err := fs.ReadFile(fsys, name)
				failures = append(failures, err)
			}
			return err
		}))
	}
	_, err = r.Resolve(ctx, "HEAD@{upstream}")
	failures = append(failures, err)
	return slices.DeleteFunc(failures, func(err error) bool { return err == nil })
}

// TestAHostileConfigurationRunsNothing sets every setting that names a program,
// in a repository with a signed commit, and looks whether one was run. First it
// holds that the traps do work on those who are less careful.
func TestAHostileConfigurationRunsNothing(t *testing.T) {
	w := newRepository(t)
	program, mark := trap(t)
	w.write(".gitattributes", "* diff=evil filter=evil\n")
	w.write("a.toml", "1\n")
	w.commit("2026-01-01", "One")
	w.write("a.toml", "2\n")
	w.commit("2026-01-02", "Two")
	w.write("a.toml", "3\n") // for git status and git diff
	signed := "tree " + w.git("rev-parse", "HEAD^{tree}") + "\nparent " + w.git("rev-parse", "HEAD~1") +
		"\nauthor A <a@b> 1767400000 +0000\ncommitter A <a@b> 1767400000 +0000\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\nSigned\n"
	w.git("update-ref", "HEAD", w.on("", signed, "hash-object", "-t", "commit", "-w", "--stdin"))
	for _, setting := range []string{
		"core.pager", "pager.log", "core.fsmonitor", "core.sshCommand", "core.gitProxy", "core.editor", "core.askPass",
		"core.alternateRefsCommand", "credential.helper", "gpg.program", "gpg.ssh.program", "gpg.x509.program", "diff.external",
		"diff.evil.textconv", "diff.evil.command", "filter.evil.smudge", "filter.evil.clean", "filter.evil.process",
		"uploadpack.packObjectsHook", "sequence.editor", "interactive.diffFilter", "man.viewer", "trace2.normalTarget",
	} {
		w.git("config", setting, program)
	}
	for _, command := range []string{"rev-parse", "rev-list", "diff-tree", "ls-tree", "cat-file", "log"} {
		w.git("config", "alias."+command, "!"+program)
		w.git("config", "pager."+command, program)
	}
	w.git("config", "log.showSignature", "true")
	w.git("config", "core.hooksPath", filepath.Dir(program))
	for _, hook := range []string{"post-index-change", "reference-transaction", "pre-auto-gc", "post-checkout"} {
		if err := os.Symlink(program, filepath.Join(filepath.Dir(program), hook)); err != nil {
			t.Fatal(err)
		}
	}
	for _, careless := range [][]string{{"log", "-1"}, {"diff", "HEAD~1"}, {"status"}, {"show", "--textconv", "HEAD~1"}} {
		cmd := exec.Command("git", careless...)
		cmd.Dir = w.dir
		_ = cmd.Run()
		if !sprung(mark) {
			t.Fatalf("the trap does not work: git %q ran nothing", careless)
		}
	}
	for _, err := range everything(t, w) {
		if !strings.Contains(err.Error(), "upstream") {
			t.Error(err)
		}
	}
	if sprung(mark) {
		t.Error("a program of the configuration was run")
	}
}

// TestWhatIsMissingIsNotFetched has a repository that claims to be a partial
// clone of one that is reached by a program of its own.
func TestWhatIsMissingIsNotFetched(t *testing.T) {
	program, mark := trap(t)
	for name, settings := range map[string][]string{
		"a program that serves the objects": {"remote.evil.url", "/", "remote.evil.uploadpack", program},
		"a program that connects":           {"remote.evil.url", "ssh://example.invalid/x", "core.sshCommand", program},
		"a program as address":              {"remote.evil.url", "ext::" + program, "protocol.ext.allow", "always"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newRepository(t)
			w.write("a.toml", "missing")
			w.write("b.toml", "there")
			w.commit("2026-01-01", "One")
			blob := w.git("rev-parse", "HEAD:a.toml")
			w.remove(filepath.Join(".git", "objects", blob[:2], blob[2:]))
			w.git("config", "core.repositoryFormatVersion", "1")
			w.git("config", "extensions.partialClone", "evil")
			w.git("config", "remote.evil.promisor", "true")
			w.git("config", "remote.evil.fetch", "+refs/heads/*:refs/remotes/evil/*")
			for i := 0; i < len(settings); i += 2 {
				w.git("config", settings[i], settings[i+1])
			}
			cmd := exec.Command("git", "cat-file", "-p", blob)
			cmd.Dir = w.dir
			_ = cmd.Run()
			if !sprung(mark) {
				t.Fatal("the trap does not work")
			}
			if failures := everything(t, w); len(failures) < 2 {
				t.Errorf("failures %v", failures)
			}
			if sprung(mark) {
				t.Error("git fetched")
			}
			// An older git does not know that it must not try.
			old, err := findGit(w.dir)
			if err != nil {
				t.Fatal(err)
			}
			old.env = slices.DeleteFunc(old.env, func(s string) bool { return strings.HasPrefix(s, "GIT_NO_LAZY_FETCH") })
			if _, err := old.run(context.Background(), nil, "cat-file", "-p", blob); err == nil || sprung(mark) {
				t.Errorf("an older git fetched: %v", err)
			}
		})
	}
}

// TestAPartialCloneShowsWhatItHas holds that a file which was left out stands in
// the list, and only reading it fails.
func TestAPartialCloneShowsWhatItHas(t *testing.T) {
	w := newRepository(t)
	w.git("config", "uploadpack.allowFilter", "true")
	w.write("a.toml", "small")
	w.write("evidence.bin", strings.Repeat("large ", 1000))
	w.commit("2026-01-01", "One")
	clone := &workTree{t, filepath.Join(t.TempDir(), "clone")}
	w.git("clone", "-q", "--no-checkout", "--filter=blob:limit=1k", "file://"+filepath.ToSlash(w.dir), clone.dir)
	r := clone.open("")
	fsys := files(t, r, commits(t, r)[0])
	if got, err := fs.ReadFile(fsys, "a.toml"); err != nil || string(got) != "small" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := fs.Stat(fsys, "evidence.bin"); err != nil {
		t.Error(err)
	}
	if _, err := fs.ReadFile(fsys, "evidence.bin"); err == nil {
		t.Error("what was left out is read")
	}
	if got, err := fs.ReadFile(fsys, "a.toml"); err != nil || string(got) != "small" {
		t.Errorf("afterwards: %q, %v", got, err)
	}
}

// TestAFolderMadeUpAsARepositoryIsNone has records among which lies all that
// makes a .git, with a history and a configuration of its own.
func TestAFolderMadeUpAsARepositoryIsNone(t *testing.T) {
	w := newRepository(t)
	program, mark := trap(t)
	forged := newRepository(t)
	forged.commitEach("2020-01-01")
	ws := filepath.Join(w.dir, "ws")
	if err := os.CopyFS(ws, os.DirFS(filepath.Join(forged.dir, ".git"))); err != nil {
		t.Fatal(err)
	}
	w.write("ws/config", "[core]\n\trepositoryformatversion = 0\n\tworktree = "+ws+"\n\tfsmonitor = "+program+"\n")
	w.git("add", "-A")
	w.commit("2026-01-01", "One")
	_, err := Open(context.Background(), ws)
	if err == nil || reason(t, err) != NoRepository || sprung(mark) {
		t.Errorf("got %v", err)
	}
}
