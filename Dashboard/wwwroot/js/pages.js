// What the working pages ask of the browser.

/** Saves what the server streams as a file. */
export async function save(name, type, stream) {
  const url = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Puts the cursor into the field of one row of a table, as after a scan. */
export function focusRow(row) {
  document.querySelector(`tr[data-row="${CSS.escape(row)}"] input`)?.focus();
}

export const print = () => window.print();
