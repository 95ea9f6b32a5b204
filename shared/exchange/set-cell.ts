/**
 * Elements of a set field in one cell. Our own export joins them with `|` and puts a backslash before a bar or backslash
 * that is part of an element; other programs separate by comma, semicolon or line.
 */
export function joinElements(elements: readonly string[]): string {
  // A lone empty element would read as no element at all.
  return elements.map((element) => (element === '' ? '\\e' : element.replaceAll(/[\\|]/g, '\\$&'))).join('|');
}

export function splitElements(cell: string, exact: boolean): readonly string[] {
  if (!exact)
    return [
      ...new Set(
        cell
          .split(/[,;\n]/)
          .map((element) => element.replaceAll(/\s+/g, ' ').trim())
          .filter((element) => element !== ''),
      ),
    ];
  const elements: string[] = [];
  let element = '';
  for (let at = 0; at < cell.length; at += 1) {
    const character = cell.charAt(at);
    if (character === '|') {
      elements.push(element);
      element = '';
    } else if (character === '\\') {
      at += 1;
      if (cell.charAt(at) !== 'e') element += cell.charAt(at);
    } else {
      element += character;
    }
  }
  return [...elements, element];
}
