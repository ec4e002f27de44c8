// Quantities as people write them: 1.200,5 in Spanish, 1,200.5 in English; at most three decimals.

const GROUPED = { '.': /^\d{1,3}(\.\d{3})+$/, ',': /^\d{1,3}(,\d{3})+$/ };
const formatters = new Map();

/** Which characters group thousands and start decimals in a language. */
function marks(language) {
  return language.startsWith('en') ? { group: ',', decimal: '.' } : { group: '.', decimal: ',' };
}

/**
 * The number a person wrote, 0 for an empty text or a dash, NaN for anything else. A lone mark of the other language is understood
 * where it cannot be a thousands mark: "1.5" is one and a half in Spanish too, "1.500" is fifteen hundred.
 */
export function parseQuantity(text, language = 'es') {
  const bare = String(text).replace(/[\s\u00a0\u202f']/g, '');
  if (bare === '' || bare === '-' || bare === '—' || bare === '_') return 0;
  const { group, decimal } = marks(language);
  const parts = bare.split(decimal);
  let normal;
  if (parts.length > 2) normal = GROUPED[decimal].test(bare) ? bare.replaceAll(decimal, '') : '';
  else if (parts.length === 2) normal = whole(parts[0], group) + '.' + parts[1];
  else normal = GROUPED[group].test(bare) ? bare.replaceAll(group, '') : bare.replace(group, '.');
  return /^\d+(\.\d*)?$|^\.\d+$/.test(normal) ? Number(normal) : NaN;
}

function whole(text, group) {
  return GROUPED[group].test(text) ? text.replaceAll(group, '') : text;
}

/** Decimals of a number as written, 0 to 3 for what the plant keeps. */
export function decimalsOf(value) {
  const point = String(value).indexOf('.');
  return point < 0 ? 0 : String(value).length - point - 1;
}

/** A quantity for reading, with thousands marks and no trailing zeros. */
export function formatQuantity(value, language = 'es') {
  let format = formatters.get(language);
  if (!format) {
    format = new Intl.NumberFormat(language, { maximumFractionDigits: 3, useGrouping: 'always' });
    formatters.set(language, format);
  }
  return format.format(value);
}

/** A quantity for an input: no thousands marks, the language's decimal mark. */
export function plainQuantity(value, language = 'es') {
  return String(value).replace('.', marks(language).decimal);
}

/** Sums without the rounding noise of binary fractions: quantities have three decimals. */
export function addQuantities(values) {
  let thousandths = 0;
  for (const value of values) thousandths += Math.round(value * 1000);
  return thousandths / 1000;
}
