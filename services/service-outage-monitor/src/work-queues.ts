/** Bruin's work queues that the automation moves tasks into, by the names that Bruin knows them by. */
export const workQueues = Object.freeze({
  hnoc: "HNOC Investigate",
  ipa: "IPA Investigate",
  worker: "Dedicated Worker Queue",
});
