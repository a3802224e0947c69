// Closures, method values, embedding.
package main

import (
	"fmt"
	"strings"
)

type Base struct {
	ID   int
	Name string
}

func (b Base) Describe() string {
	text := fmt.Sprintf("%d:%s", b.ID, b.Name)
	//@eval b.ID + 1
	//@eval b.Name == "base"
	return text //@stop
}

func (b *Base) Rename(name string) {
	old := b.Name
	b.Name = name
	_ = old //@stop
}

type Logger interface{ Log(string) }

type lines struct{ all []string }

func (l *lines) Log(text string) { l.all = append(l.all, text) }

type Service struct {
	Base
	Logger
	*strings.Builder
	hooks map[string]func(int) int
	after func()
}

type Celsius float64

func (c Celsius) Plus(d Celsius) Celsius {
	sum := c + d
	return sum //@stop
}

func counter(start int) (func() int, func(int)) {
	count := start
	next := func() int {
		count++
		//@eval count * 2
		//@eval start
		return count //@stop
	}
	set := func(value int) {
		count = value //@stop
	}
	return next, set
}

func apply(values []int, f func(int, int) int) (total int) {
	for i, value := range values {
		left := len(values) - i
		//@eval values[i]
		//@eval len(values) - i
		_ = left
		total = f(total, value) //@stop
	}
	return total
}

func deferred() (result string, err error) {
	parts := []string{"a"}
	defer func() {
		result = strings.Join(parts, ",")
		//@eval result
		//@eval parts
		err = fmt.Errorf("%d parts", len(parts)) //@stop
	}()
	for i := 0; i < 2; i++ {
		defer func(n int) {
			parts = append(parts, fmt.Sprint(n, i)) //@stop
		}(i * 10)
	}
	parts = append(parts, "b")
	return "none", nil
}

func shadows(x int) int {
	y := x
	if x := x * 2; x > 3 {
		y := y + x
		{
			x := fmt.Sprint(x, y)
			//@eval x
			//@eval y
			_ = x //@stop
		}
		_ = y
	}
	//@eval x
	return y //@stop
}

func main() {
	log := &lines{}
	service := &Service{
		Base:    Base{7, "base"},
		Logger:  log,
		Builder: &strings.Builder{},
		hooks:   map[string]func(int) int{"double": func(n int) int { return 2 * n }},
	}
	service.WriteString("written")
	service.Log("first")
	name := service.Describe()
	service.Rename("renamed")
	//@eval service.Name
	//@eval service.Base.ID
	//@eval log.all[0]
	//@eval service.Logger
	//@eval service.hooks
	//@step next next
	rename := service.Rename //@stop
	rename("by value")
	plus := Celsius.Plus
	warm := plus(20.5, 1.25)
	bound := warm.Plus
	warmer := bound(0.25)
	next, set := counter(40)
	next()
	set(10)
	next()
	sum := apply([]int{1, 2, 3}, func(a, b int) int { return a + b })
	factor := 3
	product := apply([]int{4, 5}, func(a, b int) int {
		return a + b*factor //@stop
	})
	text, err := deferred()
	service.after = func() {
		factor++
		//@eval service.ID
		//@eval factor
		service.ID = factor //@stop
	}
	service.after()
	shadowed := shadows(2)
	fmt.Println(name, warm, warmer, sum, product, text, err, shadowed, log.all) //@stop
}
