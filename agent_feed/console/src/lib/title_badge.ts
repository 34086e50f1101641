/** A number before the page's title, whatever screen gives the title. */

const BADGE = /^\[\d+\] /;

/** Returns how to set the number (0 takes it away). */
export function titleBadge(): (count: number) => void {
  let now = 0;
  const write = () => {
    const plain = document.title.replace(BADGE, '');
    const wanted = now === 0 ? plain : `[${now}] ${plain}`;
    if (document.title !== wanted) document.title = wanted;
  };
  // Screens write the title anew as they open and change.
  new MutationObserver(write).observe(document.head, {
    childList: true,
    subtree: true,
    characterData: true,
  });
  return (count) => {
    now = count;
    write();
  };
}
