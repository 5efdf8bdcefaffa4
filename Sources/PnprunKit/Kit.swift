// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Engine
import ProtocolSpec

/// The commands of `pnprun`, as a library.
public enum Kit {}
