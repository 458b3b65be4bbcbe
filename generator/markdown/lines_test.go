package markdown

import "testing"

func TestPlainWordsOfATextKeepItsLines(t *testing.T) {
	got := Lines("<h2>Why</h2>\n<p>One <em>two</em>\nthree.</p>\n<ul>\n<li>a</li>\n<li>\n<p>b &amp; c</p>\n</li>\n</ul>\n<table><thead><tr><th>x</th><th>y</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>\n<pre><code>code\n</code></pre>")
	if want := "Why\nOne two three.\n- a\n- b & c\nx | y\n1 | 2\ncode"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
