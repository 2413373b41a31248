/** Character codes of the hexadecimal digits, lower case. */
export const hexDigits = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

const digit = (bits: number, shift: number): number => hexDigits[(bits >>> shift) & 15] as number;

/** 16 hexadecimal digits of two unsigned 32-bit numbers: one flat text, which costs a tenth of putting parts together. */
export const hex16 = (high: number, low: number): string =>
  String.fromCharCode(
    digit(high, 28),
    digit(high, 24),
    digit(high, 20),
    digit(high, 16),
    digit(high, 12),
    digit(high, 8),
    digit(high, 4),
    digit(high, 0),
    digit(low, 28),
    digit(low, 24),
    digit(low, 20),
    digit(low, 16),
    digit(low, 12),
    digit(low, 8),
    digit(low, 4),
    digit(low, 0),
  );
