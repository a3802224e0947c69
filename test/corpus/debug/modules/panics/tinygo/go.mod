module panics

go 1.25
