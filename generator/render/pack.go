package render

import (
	"path"
	"strings"

	"annex/generator/aims"
)

// siteDir is the folder of the site in a pack.
const siteDir = "site/"

// Pack says that a site is a part of a pack, and what stands beside it:
//
//	index.html               the page that auditors begin with, [Site.StartPage]
//	site/                    the site, with a way back to that page
//	evidence/<control-id>/   the evidence files, [Site.Evidence]
//
// The paths of [Site.Pages] and [Site.Copies] count from the site, all others
// from the top of the pack.
type Pack struct {
	Seed    string   // that samples are drawn by; empty for one made of organization and as-of date
	Before  string   // digest of the pack before; empty for the first
	Exports []string // files beside the site that the start page leads to: exports/soa.pdf
}

// roots are the ways from a page to the root of its site. The start page stands
// above the site.
func (s *part) roots() []string {
	list := []string{"", "../", "../../"}
	if s.pack != nil {
		list = append(list, siteDir)
	}
	return list
}

// join puts a path that counts from the root of a site behind the way to it.
// From above the site a path that leads out of it does so at once.
func join(root, to string) string {
	if out, ok := strings.CutPrefix(to, "../"); ok && root == siteDir {
		return out
	}
	return root + to
}

// top returns the way from the root of the organization's pages to the top of
// the pack.
func (s *part) top() string { return "../" + upFrom(s.base) }

// PagePlace returns the path in the pack of the page that tells of a subject, for
// [export.Part]: that of an organization, where there are several.
func (site *Site) PagePlace(organization *aims.Project, x aims.Subject) string {
	for _, s := range site.parts {
		if s.report.Organization == organization {
			return s.pagePlace(x)
		}
	}
	return ""
}

func (s *part) pagePlace(x aims.Subject) string { return path.Join(siteDir, s.base, s.paths.of(x)) }
