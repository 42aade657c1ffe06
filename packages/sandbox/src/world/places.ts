import type { TimeZone } from "./model.ts";

export interface Place {
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly timeZone: TimeZone;
}

/** Where the invented customers have their invented sites. */
export const places: readonly [Place, ...Place[]] = [
  { city: "Boston", state: "MA", zip: "02101", latitude: 42.36, longitude: -71.06, timeZone: "Eastern" },
  { city: "Chicago", state: "IL", zip: "60601", latitude: 41.88, longitude: -87.63, timeZone: "Central" },
  { city: "Denver", state: "CO", zip: "80202", latitude: 39.74, longitude: -104.99, timeZone: "Mountain" },
  { city: "Seattle", state: "WA", zip: "98101", latitude: 47.61, longitude: -122.33, timeZone: "Pacific" },
  { city: "Orlando", state: "FL", zip: "32811", latitude: 28.54, longitude: -81.38, timeZone: "Eastern" },
  { city: "Austin", state: "TX", zip: "78701", latitude: 30.27, longitude: -97.74, timeZone: "Central" },
  { city: "Phoenix", state: "AZ", zip: "85004", latitude: 33.45, longitude: -112.07, timeZone: "Mountain" },
  { city: "Portland", state: "OR", zip: "97201", latitude: 45.52, longitude: -122.68, timeZone: "Pacific" },
  { city: "Atlanta", state: "GA", zip: "30303", latitude: 33.75, longitude: -84.39, timeZone: "Eastern" },
  { city: "Nashville", state: "TN", zip: "37203", latitude: 36.16, longitude: -86.78, timeZone: "Central" },
  { city: "Boise", state: "ID", zip: "83702", latitude: 43.62, longitude: -116.2, timeZone: "Mountain" },
  { city: "San Diego", state: "CA", zip: "92101", latitude: 32.72, longitude: -117.16, timeZone: "Pacific" },
];

export const streets: readonly [string, ...string[]] = [
  "Elm Street",
  "Harbor Road",
  "Mill Lane",
  "Station Avenue",
  "Orchard Way",
  "Foundry Square",
];
