// Reads a calendar file on standard input and prints, as JSON, what ical.js makes of it: every event with its days, and
// every day it falls on.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));

const days = (event) => {
  if (!event.isRecurring()) return [event.startDate.toString()];
  const found = [];
  const each = event.iterator();
  for (let day = each.next(); day && found.length < 1000; day = each.next()) found.push(day.toString());
  return found;
};

const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    start: event.startDate.toString(),
    end: event.endDate.toString(),
    allDay: event.startDate.isDate,
    days: days(event),
  };
});

console.log(JSON.stringify({ method: calendar.getFirstPropertyValue("method"), events }));
