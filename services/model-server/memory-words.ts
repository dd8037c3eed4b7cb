import { formatMib } from "@/lib/format/bytes";

/** Rounded up to a hundredth of a GiB, so that it is never shown as the limit that it passed. */
const used = (mib: number) => (mib < 1024 ? `${Math.ceil(mib)} MiB` : `${(Math.ceil((mib / 1024) * 100) / 100).toFixed(2)} GiB`);

/** Why a replica was ended for its memory, for the person who chose its profile. */
export const tooMuchMemory = (usedMib: number, limitMib: number) =>
  `The replica used ${used(usedMib)} of memory, more than the ${formatMib(limitMib)} of its profile. Choose a profile with more memory.`;
