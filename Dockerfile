# One image for any node: built on Debian's libvips, run by nobody.
FROM golang:1.26-bookworm AS build
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends libvips-dev pkg-config \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=dev
RUN go run ./backend/cmd/bundle \
 && go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/gip ./backend/cmd/gip \
 && ln -s gip /out/imagify

FROM debian:bookworm-slim
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends libvips42 ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o nobody -g nogroup -m 0700 /data
COPY --from=build /out/ /usr/local/bin/
USER nobody
ENV GIP_LISTEN=0.0.0.0:8080 GIP_DATA=/data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["gip"]
CMD ["serve"]
