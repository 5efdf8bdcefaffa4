# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K5
# It adds the numbers itself, and needs no server for that.
first = int(input("Enter number 1: "))
second = int(input("Enter number 2: "))
print("Result is:", first + second)
