// Errors, panics, recovery, what defers do, and a panic that nobody recovers.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
)

type NotFound struct {
	Key  string
	Code int
}

func (e *NotFound) Error() string { return fmt.Sprintf("%s not found (%d)", e.Key, e.Code) }

var ErrClosed = errors.New("closed")

func lookup(key string) (string, error) {
	if key == "" {
		return "", ErrClosed //@stop
	}
	err := &NotFound{key, 404}
	return "", fmt.Errorf("lookup: %w", err) //@stop
}

func safely(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			//@eval r
			err = fmt.Errorf("recovered: %v", r) //@stop
		}
	}()
	f()
	return nil
}

func index(values []int, i int) int {
	//@step next
	return values[i] //@stop
}

func nested() {
	defer func() {
		recover()
		defer func() {
			value := recover()
			//@eval value
			_ = value //@stop
		}()
		panic("second")
	}()
	panic(errors.New("first"))
}

func exits(done chan<- int) {
	defer func() {
		done <- 1 //@stop
	}()
	runtime.Goexit()
}

type tree struct {
	left, right *tree
	value       int
}

func (t *tree) sum() int {
	if t == nil {
		return 0 //@stop
	}
	return t.value + t.left.sum() + t.right.sum()
}

func main() {
	_, closed := lookup("")
	_, missing := lookup("key")
	var notFound *NotFound
	//@eval closed == ErrClosed
	//@eval missing
	//@eval notFound
	is := errors.As(missing, &notFound) //@stop
	bounds := safely(func() { index([]int{1, 2}, 5) })
	division := safely(func() {
		zero := len(os.Args) * 0
		fmt.Println(1 / zero)
	})
	pointer := safely(func() {
		var none *tree
		none.value = 1
	})
	cast := safely(func() {
		var any any = "text"
		fmt.Println(any.(int))
	})
	nested()
	done := make(chan int)
	go exits(done)
	<-done
	total := (&tree{left: &tree{value: 1}, value: 2}).sum()
	//@eval notFound.Code
	//@eval *notFound
	fmt.Println(is, closed, bounds, division, pointer, cast, total) //@stop
	var m map[string]int
	m["x"] = total
}
