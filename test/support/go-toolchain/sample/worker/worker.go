package worker

import (
	"errors"
	"fmt"
	"time"
)

var ErrWork = errors.New("work")

func Do(id, job int) string {
	if job%3 == 0 {
		time.Sleep(time.Microsecond)
	}
	return fmt.Sprintf("%d", job*job)
}

func Receive(c chan struct{}) {
	<-c
}

func Fail(n int) error {
	if n > 0 {
		return fmt.Errorf("fail %d: %w", n, ErrWork)
	}
	return nil
}
