// @ts-check
// How do the three fields of one form find each other? Over a channel of the sandbox's own origin,
// named by the form's random id: the merchant's page cannot join it, whatever it does.

/** @typedef {'cardNumber' | 'cardExpiry' | 'cardCvc'} FieldKind */

/**
 * @typedef {object} Contribution
 * @property {FieldKind} kind
 * @property {string | null} code what is wrong with the field, if anything
 * @property {string} message
 * @property {Record<string, string>} values
 */

const PATIENCE_MS = 3000;

export class Siblings {
  /** @param {string} group */
  constructor(group) {
    this.channel = new BroadcastChannel(`card-fields-${group}`);
  }

  /**
   * Tells the others which brand the number is of: the security code's length hangs on it.
   * @param {string} brand
   */
  tellBrand(brand) {
    this.channel.postMessage({ about: 'brand', brand });
  }

  /** @param {(brand: string) => void} hear */
  onBrand(hear) {
    this.channel.addEventListener('message', (event) => {
      if (event.data?.about === 'brand') hear(String(event.data.brand));
    });
  }

  /** @param {() => Contribution} contribute */
  onGather(contribute) {
    this.channel.addEventListener('message', (event) => {
      if (event.data?.about !== 'gather') return;
      this.channel.postMessage({ about: 'given', request: event.data.request, ...contribute() });
    });
  }

  /**
   * What the named siblings hold. One that does not answer in time is simply missing.
   * @param {readonly FieldKind[]} kinds
   * @returns {Promise<Contribution[]>}
   */
  gather(kinds) {
    const request = crypto.randomUUID();
    /** @type {Map<FieldKind, Contribution>} */
    const given = new Map();
    return new Promise((resolve) => {
      const done = () => {
        this.channel.removeEventListener('message', hear);
        resolve(kinds.flatMap((kind) => given.get(kind) ?? []));
      };
      /** @param {MessageEvent} event */
      const hear = (event) => {
        if (event.data?.about !== 'given' || event.data.request !== request) return;
        given.set(event.data.kind, event.data);
        if (kinds.every((kind) => given.has(kind))) done();
      };
      if (kinds.length === 0) {
        done();
        return;
      }
      this.channel.addEventListener('message', hear);
      this.channel.postMessage({ about: 'gather', request });
      setTimeout(done, PATIENCE_MS);
    });
  }
}
