// "Near me": the browser's position chooses the nearest station here, in the browser; only the station's code leaves it.
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("a[data-near]");
  if (!link || !navigator.geolocation) return;
  event.preventDefault();
  const places = link.dataset.near.split(";").map((text) => text.split(","));
  const lonLatRatio = Math.cos((36.6 * Math.PI) / 180); // length of a degree of longitude to one of latitude at Xining
  const distance = ([, lon, lat], here) =>
    ((lon - here.longitude) * lonLatRatio) ** 2 + (lat - here.latitude) ** 2;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const [nearest] = places.sort((a, b) => distance(a, coords) - distance(b, coords));
      const address = new URL(location.href);
      address.searchParams.set("station", nearest[0]);
      location.assign(address);
    },
    () => {
      link.textContent = link.dataset.refused;
    },
    { maximumAge: 600000, timeout: 10000 },
  );
});
