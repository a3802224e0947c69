// Package dom makes JavaScript objects.
package dom

import "syscall/js"

// Object gives an object with the properties that are named, each before its value.
func Object(properties ...any) js.Value {
	object := js.Global().Get("Object").New()
	for at := 0; at+1 < len(properties); at += 2 {
		object.Set(properties[at].(string), properties[at+1]) //@set
	}
	return object
}
