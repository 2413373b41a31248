/** A file to begin with: another buyer, and readers of a newsletter. */
export const exampleText = `{
  "popularity": 1.1,
  "journeys": [
    { "name": "buyer", "like": "buyer", "cart_share": 0.6, "order_share": 0.5 },
    {
      "name": "newsletter reader",
      "weight": 12,
      "like": "casual",
      "bounce_share": 0.3,
      "pages_min": 2,
      "pages_max": 4,
      "dwell_seconds_min": 10,
      "dwell_seconds_max": 90,
      "product_share": 0.25,
      "contents": [
        { "name": "Newsletter box", "piece": "Spring", "share": 0.8, "interaction_share": 0.2 }
      ]
    }
  ]
}
`;
