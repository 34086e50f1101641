/** المعدود بصيغه: واحد واثنان، ثم من 3 إلى 10، ثم من 11 إلى 99، ثم ما سواها. */

/** «يوم واحد»، «يومان»، ثم المعدود بعد العدد: «أيام»، «يوماً»، «يوم». */
export interface Forms {
  one: string;
  two: string;
  few: string;
  many: string;
  other: string;
}

export function counted(n: number, forms: Forms): string {
  if (n === 1) return forms.one;
  if (n === 2) return forms.two;
  const rest = n % 100;
  if (rest >= 3 && rest <= 10) return `${n} ${forms.few}`;
  return `${n} ${rest >= 11 ? forms.many : forms.other}`;
}

export const PEOPLE: Forms = {
  one: 'شخص واحد',
  two: 'شخصان',
  few: 'أشخاص',
  many: 'شخصاً',
  other: 'شخص',
};

export const PERMISSIONS: Forms = {
  one: 'صلاحية واحدة',
  two: 'صلاحيتان',
  few: 'صلاحيات',
  many: 'صلاحية',
  other: 'صلاحية',
};

export const DAYS: Forms = {
  one: 'يوم واحد',
  two: 'يومان',
  few: 'أيام',
  many: 'يوماً',
  other: 'يوم',
};
