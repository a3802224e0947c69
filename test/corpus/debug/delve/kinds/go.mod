module example.com/team/kinds

go 1.24
