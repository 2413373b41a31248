/** Texts are gathered until they are so long: a write for each line would be most of the work. */
const chunk_characters = 65_536;

/** Where long texts go: as fast as they are read, and never more than a chunk ahead. */
export class TextSink {
  readonly #stream: NodeJS.WritableStream;
  #waiting = '';
  #open = true;

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
    // Each write tells its own error; without a listener the stream would end the process for it.
    stream.on('error', () => {});
  }

  /** Whether the reader is still there: one that has seen enough, as `head`, closes the pipe. */
  async write(text: string): Promise<boolean> {
    this.#waiting += text;
    if (this.#waiting.length >= chunk_characters) await this.flush();
    return this.#open;
  }

  /** Hands over what is left. */
  async flush(): Promise<void> {
    const text = this.#waiting;
    this.#waiting = '';
    if (text === '' || !this.#open) return;
    this.#open = await new Promise((resolve) => {
      // main.ts tells of anything but a reader who has seen enough.
      this.#stream.write(text, (error) => resolve(!error));
    });
  }
}
