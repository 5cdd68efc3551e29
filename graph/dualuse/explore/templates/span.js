/* span.js: whether what is dated holds on a day, from the first day of one date to the one before another; what
   dualuse.span says in Python. A date is as written: to the day, the month or the year, or "" for none on record. */

/** First and last day that a date can mean. */
function daysMeant(written) {
  const [year, month] = written.split("-");
  const first = written + "-01-01".slice(written.length - 4);
  if (written.length === 10) return [first, first];
  const last = new Date(Date.UTC(Number(year), Number(month ?? 12), 0)).getUTCDate();
  return [first, `${year}-${month ?? "12"}-${String(last).padStart(2, "0")}`];
}

/** Whether a date lies on or before a day: true, false, or null where that turns on which day it means. */
function onOrBefore(written, day) {
  if (written.length === 10) return day >= written;
  const [first, last] = daysMeant(written);
  if (day >= last) return true;
  return day >= first ? null : false;
}

/** Whether what is dated holds on a day: true, false, or null where that is not known. */
function holdsOn(from, to, day) {
  const begun = from ? onOrBefore(from, day) : true;
  const over = to ? onOrBefore(to, day) : false;
  if (begun === false || over === true) return false;
  return begun === null || over === null ? null : true;
}
