// Reads a calendar file on standard input and prints, as JSON, what the reader named on the command line makes of it, in
// the time zone of the process: each event's days and wall-clock times, and the start of each time it
// recurs. Readers: ical.js, node-ical.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const text = readFileSync(0, "utf8");
const two = (number) => String(number).padStart(2, "0");
const day = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
const wall = (date, allDay) =>
  allDay ? day(date) : `${day(date)}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;

const icalStarts = (event) => {
  const starts = [];
  const times = event.iterator();
  for (let next = times.next(); next; next = times.next()) starts.push(wall(next.toJSDate(), next.isDate));
  return starts;
};
const nodeStarts = (event) =>
  nodeIcal
    .expandRecurringEvent(event, { from: new Date(2026, 0, 1), to: new Date(2035, 0, 1) })
    .map((each) => wall(each.start, event.datetype === "date"));

const readers = {
  "ical.js": () =>
    new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        sequence: event.sequence,
        status: component.getFirstPropertyValue("status"),
        start: wall(event.startDate.toJSDate(), event.startDate.isDate),
        end: wall(event.endDate.toJSDate(), event.endDate.isDate),
        starts: icalStarts(event),
      };
    }),
  "node-ical": () =>
    Object.values(nodeIcal.sync.parseICS(text))
      .filter((event) => event.type === "VEVENT")
      .map((event) => ({
        uid: event.uid,
        sequence: Number(event.sequence),
        status: event.status ?? null,
        start: wall(event.start, event.datetype === "date"),
        end: wall(event.end, event.datetype === "date"),
        starts: nodeStarts(event),
      })),
};

console.log(JSON.stringify(readers[process.argv[2]]()));
