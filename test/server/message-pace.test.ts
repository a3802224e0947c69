import { expect, test } from "vitest";
import { MessagePace } from "../../server/src/message-pace.ts";

/** A clock that stands still, and an event loop whose turns are taken by hand. */
class Machine {
  time = 1000;
  turns = 0;
  #waiting: (() => void)[] = [];

  now(): number {
    return this.time;
  }

  nextTurn(callback: () => void): void {
    this.#waiting.push(callback);
  }

  get isBusy(): boolean {
    return this.#waiting.length > 0;
  }

  turn(): void {
    this.turns++;
    for (const callback of this.#waiting.splice(0)) callback();
  }
}

/** Takes turns of 0.1 ms as long as something waits for them; gives their number. */
function turnsUntilAsleep(machine: Machine): number {
  const before = machine.turns;
  while (machine.isBusy && machine.turns < before + 1000) {
    machine.time += 0.1;
    machine.turn();
  }
  return machine.turns - before;
}

test("messages that came together are handled without a look at the input between them", async () => {
  const machine = new Machine();
  const pace = new MessagePace(machine);
  const handled: string[] = [];
  pace.heard();
  pace.soon(() => {
    handled.push("first");
    pace.soon(() => handled.push("second"));
  });
  expect(handled).toEqual([]);
  await Promise.resolve().then(() => undefined);
  await new Promise((resolve) => setImmediate(resolve));
  expect(handled).toEqual(["first", "second"]);
  expect(machine.isBusy).toBe(false);
});

test("after a while the input is looked at before the next message is handled", async () => {
  const machine = new Machine();
  const pace = new MessagePace(machine);
  const handled: string[] = [];
  pace.heard();
  machine.time += 5;
  pace.soon(() => handled.push("first"));
  await new Promise((resolve) => setImmediate(resolve));
  expect(handled).toEqual([]);
  machine.turn();
  expect(handled).toEqual(["first"]);
  // That turn was a look at the input, so that the next message need not wait for another.
  pace.soon(() => handled.push("second"));
  await new Promise((resolve) => setImmediate(resolve));
  expect(handled).toEqual(["first", "second"]);
});

test("what is not wanted any more is not called", async () => {
  const machine = new Machine();
  const pace = new MessagePace(machine);
  const handled: string[] = [];
  pace.heard();
  pace.soon(() => handled.push("at once")).dispose();
  machine.time += 5;
  pace.soon(() => handled.push("later")).dispose();
  await new Promise((resolve) => setImmediate(resolve));
  machine.turn();
  expect(handled).toEqual([]);
});

test("a client that answers at once is waited for awake, for a moment", () => {
  const machine = new Machine();
  const pace = new MessagePace(machine);
  pace.heard();
  pace.sent();
  expect(machine.isBusy).toBe(false);
  machine.time += 0.2;
  pace.heard();
  pace.sent();
  expect(turnsUntilAsleep(machine)).toBeGreaterThan(1);
  expect(machine.time).toBeLessThan(1002);
});

test("who takes longer than that finds the event loop asleep, as does who types", () => {
  const machine = new Machine();
  const pace = new MessagePace(machine);
  for (let key = 0; key < 3; key++) {
    pace.heard();
    pace.sent();
    expect(machine.isBusy).toBe(false);
    machine.time += 5;
  }
});

test("the wait ends with the next message", () => {
  const machine = new Machine();
  const pace = new MessagePace(machine);
  pace.heard();
  pace.sent();
  pace.heard();
  pace.sent();
  pace.heard();
  expect(turnsUntilAsleep(machine)).toBe(1);
});
