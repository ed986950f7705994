// What of an address is nobody else's business.

/** The address without user and password (RFC 3986, 3.2.1); words that are no address stay as they are. */
export const withoutCredentials = (address: string): string =>
  address.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#\\]*@/i, '$1');
