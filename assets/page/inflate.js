/* The page's data are deflated (RFC 1951): browsers inflate them, and so does this where one can't. */
"use strict";

sandbox.bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

sandbox.inflated = async function (bytes) {
  if (typeof DecompressionStream === "function") {
    try {
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    } catch { /* Some know the stream but not this format. */ }
  }
  return sandbox.inflate(bytes);
};

sandbox.inflate = (function () {
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  const MORE = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  const BACK = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
  const BACK_MORE = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

  /* How many codes each length has, and the symbols in the order of their codes. */
  function code(lengths) {
    const counts = new Uint16Array(16), symbols = new Uint16Array(lengths.length), at = new Uint16Array(16);
    for (const length of lengths) counts[length]++;
    counts[0] = 0;
    for (let i = 1; i < 16; i++) at[i] = at[i - 1] + counts[i - 1];
    lengths.forEach((length, symbol) => { if (length) symbols[at[length]++] = symbol; });
    return { counts, symbols };
  }
  const fixedLengths = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
  const FIXED = [code(fixedLengths), code(new Array(30).fill(5))];

  return function (bytes) {
    let out = new Uint8Array(bytes.length * 6 + 1024), size = 0, at = 0, held = 0, kept = 0;
    function bits(count) {
      while (kept < count) {
        if (at >= bytes.length) throw new Error("The data end too soon.");
        held |= bytes[at++] << kept;
        kept += 8;
      }
      const value = held & ((1 << count) - 1);
      held >>>= count;
      kept -= count;
      return value;
    }
    function symbol({ counts, symbols }) {
      let value = 0, first = 0, index = 0;
      for (let length = 1; length < 16; length++) {
        value |= bits(1);
        const count = counts[length];
        if (value - count < first) return symbols[index + value - first];
        index += count;
        first = (first + count) << 1;
        value <<= 1;
      }
      throw new Error("The data are damaged.");
    }
    function room(more) {
      if (size + more <= out.length) return;
      const larger = new Uint8Array(Math.max(out.length * 2, size + more));
      larger.set(out.subarray(0, size));
      out = larger;
    }
    function codes() {
      const literals = bits(5) + 257, distances = bits(5) + 1, count = bits(4) + 4;
      const lengths = new Array(19).fill(0);
      for (let i = 0; i < count; i++) lengths[ORDER[i]] = bits(3);
      const meta = code(lengths), all = [];
      while (all.length < literals + distances) {
        const next = symbol(meta);
        if (next < 16) all.push(next);
        else {
          const value = next === 16 ? all[all.length - 1] : 0;
          const times = next === 16 ? 3 + bits(2) : next === 17 ? 3 + bits(3) : 11 + bits(7);
          for (let i = 0; i < times; i++) all.push(value);
        }
      }
      return [code(all.slice(0, literals)), code(all.slice(literals))];
    }
    for (let last = 0; !last;) {
      last = bits(1);
      const kind = bits(2);
      if (kind === 0) {
        held = kept = 0;
        const length = bytes[at] | (bytes[at + 1] << 8);
        at += 4;
        room(length);
        out.set(bytes.subarray(at, at + length), size);
        at += length;
        size += length;
        continue;
      }
      const [literal, distance] = kind === 1 ? FIXED : codes();
      for (let next = symbol(literal); next !== 256; next = symbol(literal)) {
        if (next < 256) {
          room(1);
          out[size++] = next;
          continue;
        }
        const length = LENGTHS[next - 257] + bits(MORE[next - 257]);
        const far = symbol(distance), back = BACK[far] + bits(BACK_MORE[far]);
        room(length);
        for (let i = 0; i < length; i++, size++) out[size] = out[size - back];
      }
    }
    return out.subarray(0, size);
  };
})();
