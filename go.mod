module annex

go 1.26

// Packages that npm installs may carry Go files of their own.
ignore ./themes/node_modules
