module example.com/anonymous

go 1.24
