module example.com/samples/go-js

go 1.24
