(module
  (memory 1)
  (func (drop (i32.atomic.load align=2 (i32.const 0)))))
