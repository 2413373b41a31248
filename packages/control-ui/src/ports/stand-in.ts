/** The built-in stand-in Matomo: something to send to where there is no Matomo. */
export interface StandIn {
  /** Its own token; it protects nothing. */
  readonly token: string;
  /** Whether one can be had here; starts nothing. Never throws. */
  offered(): Promise<boolean>;
  /** Starts it where it does not run yet; its tracker's address as loaders reach it. @throws when it does not start. */
  open(): Promise<string>;
  /** Whether what is sent to this address goes to it and to nobody else. */
  owns(url: string): boolean;
  /** Whether this was its address when it ran last, for an earlier life of the service. Never throws. */
  ownedBefore(url: string): Promise<boolean>;
  close(): void;
}

/** Where there is none. */
export const noStandIn: StandIn = {
  token: '',
  offered: async () => false,
  open: () => Promise.reject(new Error('There is no stand-in here.')),
  owns: () => false,
  ownedBefore: async () => false,
  close: () => {},
};
