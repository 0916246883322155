# docker build -t factlint . && docker run --rm -v "$PWD:/work" factlint check .
FROM rust:1.95-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --release --locked

FROM gcr.io/distroless/cc-debian12
COPY --from=build /src/target/release/factlint /usr/local/bin/factlint
WORKDIR /work
ENTRYPOINT ["factlint"]
