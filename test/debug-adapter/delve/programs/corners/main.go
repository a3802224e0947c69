// What is easy to get wrong: far times, functions that are called where they stand, members of what is nil, what packages of the
// standard library have.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"time"
)

func times() string {
	far := time.Date(12345, 1, 2, 3, 4, 5, 0, time.UTC)
	early := time.Date(-44, time.March, 15, 12, 0, 0, 0, time.UTC)
	zero := []time.Time{{}, time.Unix(0, 0).UTC()}
	farthest := time.Unix(1<<62, 0)
	//@eval far
	//@eval early
	return fmt.Sprint(far, early, zero, farthest.IsZero()) //@stop
}

func inPlace() int {
	total, name := 4, "captured"
	product := func(x, y int) (z int) {
		z = x + y + len(name)
		total++
		//@eval z * total
		return z * total //@stop
	}(1, 2)
	defer func(n int) {
		total += n
		//@eval total
		product -= total //@stop
	}(product)
	return product
}

func standard(text string) error {
	parsed, err := url.Parse("https://user@example.com/path?q=1")
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	child, stop := context.WithCancelCause(ctx)
	stop(fs.ErrClosed)
	mode := fs.FileMode(0o755) | fs.ModeDir
	number := json.Number("12")
	builder := &strings.Builder{}
	builder.WriteString(strings.Repeat(text, 2))
	failed := json.Unmarshal([]byte("{"), &struct{ A int }{})
	//@eval len(os.Args)
	//@eval context.Canceled
	//@eval context.DeadlineExceeded
	//@eval fs.ErrNotExist
	//@eval errors.errorType != nil
	//@eval os.nothing
	//@eval cancel.c.timer
	//@eval call strings.Repeat(text, 3)
	//@eval call strings.Repeat(text)
	//@eval call strings.Repeat(text, text)
	//@eval call parsed.String()
	//@eval call mode.String()
	//@eval call builder.String()
	//@eval call json.Unmarshal(nil, nil)
	//@eval call context.Cause(child)
	//@eval call parsed.Nothing()
	//@eval call strings.Nothing(text)
	fmt.Println(parsed, mode, number, builder.String(), child.Err(), err, failed) //@stop
	cancel()
	return errors.Join(context.Cause(child), fs.ErrNotExist, os.ErrClosed)
}

type inner struct{ X, Z int }

type outer struct {
	first int
	inner
	*deeper
}

type deeper struct{ Y int }

type holder struct {
	*outer
	n int
}

func nils() int {
	var none *outer
	var held holder
	var call func()
	missing := map[string]*outer{"nil": nil}
	//@eval none.first
	//@eval none.X
	//@eval none.inner.X
	//@eval none.deeper
	//@eval none.nothing
	//@eval held.X
	//@eval held.nothing
	//@eval (&held).n
	//@eval call.nothing
	//@eval missing["nil"].X
	//@eval missing["nil"].first
	//@eval missing["none"].Y
	return len(fmt.Sprint(none, held, call == nil, missing)) //@stop
}

func main() {
	fmt.Println(nils())
	fmt.Println(times(), inPlace())
	fmt.Println(standard("ab"))
}
