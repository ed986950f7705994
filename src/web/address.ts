// Addresses are the state of every page: the same address with something changed.

export type Changes = Record<string, string | readonly string[] | number | null>;

/**
 * Path and query of an address with some parameters changed; null takes one away. Commas, colons and Chinese stay readable.
 * @param address absolute, as a request gives it, or a path with its query
 */
export function addressWith(address: string, changes: Changes): string {
  const url = new URL(address, 'http://localhost');
  for (const [name, value] of Object.entries(changes)) {
    url.searchParams.delete(name);
    if (value === null) continue;
    for (const each of [value].flat()) url.searchParams.append(name, String(each));
  }
  url.searchParams.delete('fragment');
  return pathOf(url.pathname, url.searchParams);
}

/** A path with its parameters; those that are empty are left out. */
export function pathWith(path: string, changes: Changes): string {
  return addressWith(path, Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== '')));
}

function pathOf(path: string, parameters: URLSearchParams): string {
  const query = parameters.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return query === '' ? path : `${path}?${query}`;
}
