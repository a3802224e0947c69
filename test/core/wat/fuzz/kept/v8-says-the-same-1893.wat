(module
  (type $t (func))
  (func (type $t) (drop (local.get 0))))
