package history

import (
	"context"
	"errors"
	"strings"
)

// Reason says why there is no history.
type Reason uint8

// The reasons.
const (
	NoGit        Reason = iota + 1 // the git command is not there
	NoRepository                   // the folder is in no repository
	NoCommit                       // no commit has the folder
	OtherOwner                     // the folder belongs to another user, so git leaves it alone
	Unreadable                     // git fails at the repository
)

// Sentence says the reason to somebody who is no programmer, and what to do. It
// names no path and no user, so that it can stand on a page.
func (r Reason) Sentence() string {
	switch r {
	case NoGit:
		return "Git is not installed on the computer that made this, so the history of the records could not be read."
	case NoRepository:
		return "The folder of the records is not kept in git, so there is no history of them. The command git init begins one."
	case NoCommit:
		return "Nothing in the folder of the records has been committed to git yet. The history begins with the first commit."
	case OtherOwner:
		return "Git does not read the history, because the folder of the records belongs to another user of the computer. Who trusts the folder tells git so: git config --global --add safe.directory, and the path of the folder."
	}
	return "Git could not read the repository that holds the records. The command git fsck, run in their folder, says what is wrong with it."
}

// NoneError says that a folder has no history that could be read.
type NoneError struct {
	Reason Reason
	Err    error // what git said, with paths; nil when it said nothing
}

// Sentence says why there is no history, from an error of [Open] or of reading,
// to somebody who is no programmer.
func Sentence(err error) string {
	var none *NoneError
	if errors.As(err, &none) {
		return none.Reason.Sentence()
	}
	return Unreadable.Sentence()
}

// Error returns the sentence of the reason.
func (e *NoneError) Error() string {
	s := strings.TrimSuffix(e.Reason.Sentence(), ".")
	return strings.ToLower(s[:1]) + s[1:]
}

// Unwrap returns the error below.
func (e *NoneError) Unwrap() error { return e.Err }

// none tells why git did not find a history. When it was stopped from outside
// that says nothing about the folder.
func none(ctx context.Context, err error) error {
	var failed *Error
	if ctx.Err() != nil || !errors.As(err, &failed) {
		return err
	}
	reason := Unreadable
	for _, known := range []struct {
		part   string
		reason Reason
	}{
		{"not a git repository", NoRepository},
		{"cannot use bare repository", NoRepository},
		{"must be run in a work tree", NoRepository},
		{"dubious ownership", OtherOwner},
		{"unsafe repository", OtherOwner}, // git before 2.36.1
		{"bad revision 'HEAD'", NoCommit},
	} {
		if strings.Contains(failed.Message, known.part) {
			reason = known.reason
			break
		}
	}
	return &NoneError{reason, err}
}
