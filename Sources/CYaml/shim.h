// SPDX-License-Identifier: Apache-2.0
#ifndef PNPRUN_CYAML_SHIM_H
#define PNPRUN_CYAML_SHIM_H

#include <yaml.h>

#endif
