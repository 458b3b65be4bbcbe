module annex

go 1.26

// Packages that npm installs may carry Go files of their own.
ignore ./themes/node_modules

require github.com/go-echarts/go-echarts/v2 v2.6.7 // indirect
