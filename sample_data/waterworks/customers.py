"""The invented customers: towns, schools and works with a water-treatment plant."""

from .records import Customer

CUSTOMERS = (
    Customer("ALDER GROVE WATER DISTRICT", "C1001", "MUNICIPAL", "NORTH", "OH"),
    Customer("BIRCHFIELD TOWNSHIP UTILITIES", "C1002", "MUNICIPAL", "NORTH", "OH"),
    Customer("COPPER MILL BREWING CO", "C1003", "INDUSTRIAL", "NORTH", "OH"),
    Customer("DOVE HOLLOW DAIRY COOPERATIVE", "C1004", "INDUSTRIAL", "SOUTH", "TX"),
    Customer("ELMSTEAD UNIFIED SCHOOLS", "C1005", "SCHOOL", "NORTH", "OH"),
    Customer("FALLOW RIDGE PAPER WORKS", "C1006", "INDUSTRIAL", "SOUTH", "TX"),
    Customer("GRANITE BAY MARINA", "C1007", "COMMERCIAL", "SOUTH", "FL"),
    Customer("HAZEL PARK APARTMENTS LLC", "C1008", "COMMERCIAL", "NORTH", "OH"),
    Customer("IRONBRIDGE STEEL CASTING", "C1009", "INDUSTRIAL", "NORTH", "OH"),
    Customer("JUNIPER FLATS GOLF CLUB", "C1010", "COMMERCIAL", "SOUTH", "TX"),
    Customer("KESTREL FOODS PROCESSING", "C1011", "INDUSTRIAL", "SOUTH", "FL"),
    Customer("LONGMEADOW HOTEL GROUP", "C1012", "COMMERCIAL", "SOUTH", "FL"),
)
#: Pays invoices of the schools and of the township out of the county's grant.
TREASURER = "ALDER COUNTY TREASURER"
