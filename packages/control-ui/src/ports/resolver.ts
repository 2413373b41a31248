/** Finds the addresses of a host; rejects when there are none, settles within 5 s. */
export interface Resolver {
  addressesOf(host: string): Promise<readonly string[]>;
}
