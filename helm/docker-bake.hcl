# Both images for both architectures, with provenance and a bill of materials (SPDX):
#
#   REVISION=$(git rev-parse HEAD) SOURCE_DATE_EPOCH=$(git log -1 --pretty=%ct) REGISTRY=myregistry.azurecr.io docker buildx bake -f helm/docker-bake.hcl --push
#   docker buildx imagetools inspect myregistry.azurecr.io/guard-silo:VERSION --format '{{ json (index .SBOM "linux/amd64").SPDX }}'
#
# The same commit, base images and SOURCE_DATE_EPOCH give the same layers.

variable "REGISTRY" {
  default = "localhost"
}

variable "VERSION" {
  default = "0.1.0"
}

variable "REVISION" {
  default = ""
}

variable "SOURCE_DATE_EPOCH" {
  default = "0"
}

group "default" {
  targets = ["silo", "service"]
}

target "common" {
  context    = "."
  dockerfile = "Dockerfile"
  platforms  = ["linux/amd64", "linux/arm64"]
  args = {
    VERSION           = VERSION
    REVISION          = REVISION
    CREATED           = timeadd("1970-01-01T00:00:00Z", "${SOURCE_DATE_EPOCH}s")
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
  attest = [
    { type = "provenance", mode = "max" },
    { type = "sbom" },
  ]
  output = ["type=image,rewrite-timestamp=true"]
}

target "silo" {
  inherits = ["common"]
  target   = "silo"
  tags     = ["${REGISTRY}/guard-silo:${VERSION}"]
}

target "service" {
  inherits = ["common"]
  target   = "service"
  tags     = ["${REGISTRY}/guard:${VERSION}"]
}
