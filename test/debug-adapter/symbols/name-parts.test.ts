import { expect, test } from "vitest";
import { nameParts, withoutArguments } from "../../../debug-adapter/src/symbols/name-parts.ts";

test.each([
  ["run", ["run"]],
  ["geo::Box::grow", ["geo", "Box", "grow"]],
  ["geo::Box<a::B>::Nested", ["geo", "Box<a::B>", "Nested"]],
  ["Map<a::B<c::D>, e::F>::at", ["Map<a::B<c::D>, e::F>", "at"]],
  ["(anonymous namespace)::hidden", ["(anonymous namespace)", "hidden"]],
  ["geo::operator<", ["geo", "operator<"]],
  ["Fn<void (*)(a::B)>::operator()<c::D>", ["Fn<void (*)(a::B)>", "operator()<c::D>"]],
  ["operators::run", ["operators", "run"]],
  ["kinds::{impl#0}::area", ["kinds", "{impl#0}", "area"]],
  ["<kinds::Circle as kinds::Shape>::area", ["<kinds::Circle as kinds::Shape>", "area"]],
  ["apply<fn(a::B) -> c::D>::{closure#0}", ["apply<fn(a::B) -> c::D>", "{closure#0}"]],
  ["::run", ["", "run"]],
  ["a>>::b", ["a>>", "b"]],
])("%s", (name, parts) => {
  expect(nameParts(name)).toEqual(parts);
});

test.each([
  ["Box<a::B>", "Box"],
  ["operator<", "operator<"],
  ["operator()<int>", "operator()<int>"],
  ["<T as U>", "<T as U>"],
])("%s without arguments", (part, plain) => {
  expect(withoutArguments(part)).toBe(plain);
});
