// AssemblyScript fixture: classes with layouts, strings, arrays, maps and sets, small integers, null.
class Base {
  tag: u8 = 7;
  wide: i64 = -5;
}

class Item extends Base {
  small: i16 = -2;
  label: string = "lbl";
  next: Item | null = null;
  constructor(public weight: f64, private on: bool) {
    super();
  }
  describe(scale: i32): string {
    const text = this.label + scale.toString();
    return text; //@describe
  }
  static make(count: i32): Item {
    const made = new Item(count, true);
    made.next = new Item(0.5, false);
    return made; //@make
  }
}

let title: string = "t\u00efle";
let total: u32 = 4000000000;

function fold(xs: Array<f32>, bytes: Uint8Array, fixed: StaticArray<i32>): i32 {
  let count = xs.length + bytes.length;
  return count + fixed.length; //@fold
}

export function run(n: i32): i32 {
  const item = Item.make(n);
  const texts: string[] = ["a", "bc"];
  const nested: i32[][] = [[1], [2, 3]];
  const ages = new Map<string, i32>();
  ages.set("amy", 39);
  ages.set("bob", 41);
  ages.delete("amy");
  const seen = new Set<i32>();
  seen.add(5);
  const flag: bool = n > 2;
  const letter: u8 = u8(n) + 200;
  const bytes = new Uint8Array(2);
  bytes[1] = 255;
  const text = item.describe(n);
  const folded = fold([1.5, 2.5], bytes, [4, 5, 6]);
  total += 1;
  return folded + text.length + texts.length + nested.length + ages.size + seen.size + i32(flag) + i32(letter) + item.next!.small; //@end
}
