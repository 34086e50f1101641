// @ts-check
// How does the bank ask its question inside the merchant's page? In a modal dialog with one frame.

/**
 * Resolves when the question is answered or given up. Nothing that the frame says is believed: the
 * caller fetches the payment again.
 * @param {string} address
 * @param {string} locale
 * @returns {Promise<void>}
 */
function askBank(address, locale) {
  const url = new URL(address);
  if (url.origin !== OWN_ORIGIN) return Promise.resolve();
  url.searchParams.set('framed', '1');
  return new Promise((resolve) => {
    const close = openFramed(url, titleOf(locale, 'bank'), locale, {
      heard: ({ say }) => say === 'over' && close(),
      closed: resolve,
    });
  });
}
