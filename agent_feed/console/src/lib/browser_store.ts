/** What a browser keeps for us, where it keeps anything: in another site's frame, or by its owner's wish, it may not. */

type Store = Pick<Storage, 'getItem' | 'setItem'>;

/** Kept by this browser for good, or for its tab; what is forbidden or full is as if nothing were kept. */
export function browserStore(lasts: 'always' | 'tab'): Store {
  return {
    getItem: (key) => attempt(() => storage(lasts).getItem(key)),
    setItem: (key, value) => {
      attempt(() => {
        storage(lasts).setItem(key, value);
      });
    },
  };
}

function storage(lasts: 'always' | 'tab'): Storage {
  return lasts === 'always' ? localStorage : sessionStorage;
}

function attempt<T>(what: () => T): T | null {
  try {
    return what();
  } catch {
    return null;
  }
}
